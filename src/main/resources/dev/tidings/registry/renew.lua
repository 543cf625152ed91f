-- Renews a node's lease, and tells of all nodes.
--
-- KEYS   1 nodes: a hash of <when the lease ends, in milliseconds> <state> <name>; the state is 'follows', 'here' or 'taken'
-- ARGV   1 the node   2 its state   3 its name   4 for how many milliseconds; 0 to give the lease up
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local before = redis.call('HGET', KEYS[1], ARGV[1])
if tonumber(ARGV[4]) > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + tonumber(ARGV[4])) .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return {before or '', string.format('%.0f', now), redis.call('HGETALL', KEYS[1])}
