-- Takes what a silent node has left, or forgets it when all is told. Nothing happens if its entry is another by now: then the
-- node is back, and has stored its clients anew, or another node has taken it.
--
-- KEYS   1 nodes, as in renew.lua   2 the clients that the node has stored
-- ARGV   1 the node   2 its entry as it was found   3 its entry from now on; empty when all is told
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('UNLINK', KEYS[2])
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
