package dev.tidings.redis;
import java.time.Duration;
public final class RedisServers { final String host; final int port; public RedisServers(String h,int p){host=h;port=p;} public RedisConnection connect(Duration t){ return new RedisConnection(host,port,(int)t.toMillis()); } }
