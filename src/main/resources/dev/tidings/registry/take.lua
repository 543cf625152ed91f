-- Takes what a node has left whose lease has run out. It is taken for a while, in case the taker is gone before it is done.
--
-- KEYS   1 nodes, as in renew.lua
-- ARGV   1 the node   2 for how many milliseconds; 0 when all is done
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if not entry then
  return 0
end
local ends, state, name = string.match(entry, '^(%d+) (%S+) (.*)$')
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if tonumber(ARGV[2]) == 0 then
  return state == 'taken' and redis.call('HDEL', KEYS[1], ARGV[1]) or 0
end
if tonumber(ends) > now then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + tonumber(ARGV[2])) .. ' taken ' .. name)
return 1
