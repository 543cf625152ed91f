package dev.tidings.redis;
import redis.clients.jedis.*;
import redis.clients.jedis.exceptions.*;
import java.util.*;
public final class RedisConnection implements AutoCloseable {
  final Connection c; final String server; String runId="";
  RedisConnection(String host,int port,int timeout){ server=host+":"+port; try { c=new Connection(new HostAndPort(host,port), DefaultJedisClientConfig.builder().socketTimeoutMillis(timeout).connectionTimeoutMillis(1000).build()); c.connect();
    String info=new String((byte[])call("INFO","server".getBytes())); for(String l: info.split("\r\n")) if(l.startsWith("run_id:")) runId=l.substring(7);} catch(JedisConnectionException e){ throw new RedisUnavailableException("redis at "+server+": "+e.getMessage(),e);} }
  public Object call(String cmd, byte[]... args){ return pipeline(List.of(list(cmd,args))).get(0); }
  static List<byte[]> list(String cmd, byte[]... args){ var l=new ArrayList<byte[]>(); l.add(cmd.getBytes()); l.addAll(List.of(args)); return l; }
  public List<Object> pipeline(List<List<byte[]>> commands){ try { for(var cmd: commands){ var n=new String(cmd.get(0)); c.sendCommand(()->n.getBytes(), cmd.subList(1,cmd.size()).toArray(new byte[0][])); }
     var out=new ArrayList<Object>(); JedisDataException f=null; for(var x: commands) { try { out.add(c.getOne()); } catch(JedisDataException e){ if(f==null) f=e; out.add(null);} } if(f!=null) throw new RedisRefusedException(f.getMessage()); return out; } catch(JedisConnectionException e){ close(); throw new RedisUnavailableException("redis at "+server+": "+e.getMessage(),e);} }
  public String server(){return server;} public String runId(){return runId;}
  public void close(){ try { c.disconnect(); } catch(RuntimeException e){} }
}
