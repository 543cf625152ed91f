-- Removes a revocation.
--
-- KEYS   as in revoke.lua
-- ARGV   1 the id
-- Returns the version; nil if there was none with this id.
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then
  return nil
end
redis.call('ZREM', KEYS[2], ARGV[1])
local beginning, count = string.match(redis.call('GET', KEYS[3]) or '- 0', '^(%S+) (%d+)$')
local version = beginning .. ' ' .. string.format('%.0f', tonumber(count) + 1)
redis.call('SET', KEYS[3], version)
return version
