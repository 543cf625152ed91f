-- Keeps a revocation, with the later times of it and of that which is there with its id. Some that have ended are removed.
--
-- KEYS   1 revocations: a hash of ids to <before> <until> <kind and name>, the times in milliseconds
--        2 until: a sorted set of the ids by when they end
--        3 version: <what no other beginning has> <how many changes there were since>
-- ARGV   1 the time in milliseconds   2 how many there may be   3 for a version that begins
--        4 the id   5 before   6 until   7 kind and name
-- Returns the version and what is kept; or the version alone if there is no room.
for _, ended in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, 100)) do
  redis.call('HDEL', KEYS[1], ended)
  redis.call('ZREM', KEYS[2], ended)
end
local version = redis.call('GET', KEYS[3]) or (ARGV[3] .. ' 0')
local id, before, ends = ARGV[4], ARGV[5], ARGV[6]
local known = redis.call('HGET', KEYS[1], id)
if known then
  local knownBefore, knownEnds = string.match(known, '^(-?%d+) (-?%d+) ')
  if tonumber(knownBefore) > tonumber(before) then
    before = knownBefore
  end
  if tonumber(knownEnds) > tonumber(ends) then
    ends = knownEnds
  end
elseif redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[2]) then
  return {version}
end
local kept = before .. ' ' .. ends .. ' ' .. ARGV[7]
if kept ~= known then
  local beginning, count = string.match(version, '^(%S+) (%d+)$')
  version = beginning .. ' ' .. string.format('%.0f', tonumber(count) + 1)
  redis.call('SET', KEYS[3], version)
  redis.call('HSET', KEYS[1], id, kept)
  redis.call('ZADD', KEYS[2], ends, id)
end
return {version, kept}
