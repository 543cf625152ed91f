-- Renews a node's lease, and tells what it was before and of all nodes.
--
-- KEYS   1 nodes: a hash of <what no other entry has> <state> <name>; the state is 'follows', 'here' or 'taken'
-- ARGV   1 the node   2 its entry
local before = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return {before or '', redis.call('HGETALL', KEYS[1])}
