package dev.tidings.redis;
public final class RedisUnavailableException extends RuntimeException { private static final long serialVersionUID=1; public RedisUnavailableException(String m){super(m);} public RedisUnavailableException(String m, Throwable c){super(m,c);} }
