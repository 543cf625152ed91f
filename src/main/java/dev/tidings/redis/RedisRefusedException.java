package dev.tidings.redis;
public final class RedisRefusedException extends RuntimeException { private static final long serialVersionUID=1; public RedisRefusedException(String m){super(m);} public String code(){ return getMessage().split(" ")[0]; } }
