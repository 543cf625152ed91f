package dev.tidings.redis;
import java.util.function.Function; import java.time.Duration;
public final class SharedConnections implements AutoCloseable { final RedisServers s; RedisConnection c; public SharedConnections(RedisServers s,int n, Duration t){this.s=s;} public synchronized <T> T with(Function<RedisConnection,T> f){ if(c==null) c=s.connect(Duration.ofSeconds(3)); try { return f.apply(c);} catch(RedisUnavailableException e){ c=null; throw e; } } public void close(){ if(c!=null) c.close(); } }
