package dev.tidings.redis;
import java.util.*;
public final class RedisScript { final byte[] src; String sha; public RedisScript(String s){src=s.getBytes();}
 public Object run(RedisConnection c, List<byte[]> k, List<byte[]> a){ return c.pipeline(List.of(cmd(c,k,a))).get(0);} 
 public List<Object> run(RedisConnection c, List<byte[]> k, List<byte[]> a, List<byte[]> then){ return c.pipeline(List.of(cmd(c,k,a), then)); }
 List<byte[]> cmd(RedisConnection c, List<byte[]> k, List<byte[]> a){ if(sha==null) sha=new String((byte[])c.call("SCRIPT","LOAD".getBytes(),src)); var l=new ArrayList<byte[]>(); l.add("EVALSHA".getBytes()); l.add(sha.getBytes()); l.add((""+k.size()).getBytes()); l.addAll(k); l.addAll(a); return l; } }
