-- Copies the next entries of a hub's log to another key, without what is erased. When none is left, the copy takes the log's
-- place. Deleting entries would not do: their bytes stay in the stream, and in every dump of it.
--
-- KEYS   1 log
--        2 copy
--        3 ids, as in append.lua
--        4 rewrites: how often a copy has taken the log's place
-- ARGV   1 'rewrites' when the copy was begun; empty to begin
--        2 the id of the last entry that was copied
--        3 how many entries at most
--        4 after how many bytes of text to stop
--        then the id of each entry that is erased among those that follow, and what takes the place of its event
-- Returns 'more', 'rewrites', and the id of the last entry copied; or 'done'; or 'again' if the copy has to be begun anew

local LOG, COPY, IDS, REWRITES = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
-- Whoever copies may be killed.
local COPY_AGE = 60000

local rewrites = redis.call('GET', REWRITES) or '0'
local cursor, left, bytes = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local function again()
  redis.call('DEL', COPY)
  return {'again', rewrites, ''}
end
local function oldest(stream)
  local entry = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
  return entry and entry[1]
end
local function newest(stream)
  return redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1][1]
end

if ARGV[1] == '' then
  redis.call('DEL', COPY)
elseif ARGV[1] ~= rewrites then
  -- Another node has erased something, which the copy still has.
  return again()
end

local erased = {}
for i = 5, #ARGV, 2 do
  erased[ARGV[i]] = ARGV[i + 1]
end

local whole = false
while left > 0 and bytes > 0 and not whole do
  local entries = redis.call('XRANGE', LOG, '(' .. cursor, '+', 'COUNT', math.min(left, 16))
  whole = #entries == 0
  for _, entry in ipairs(entries) do
    local fields = entry[2]
    cursor = entry[1]
    left = left - 1
    local rest = erased[cursor]
    if rest then
      local time, size = '0', '0'
      for i = 1, #fields, 2 do
        if fields[i] == 't' then
          time = fields[i + 1]
        elseif fields[i] == 's' then
          -- It stays, since the log's sums have it.
          size = fields[i + 1]
        elseif fields[i] == 'i' then
          redis.call('ZREM', IDS, fields[i + 1] .. '\0' .. string.format('%012x', tonumber(string.match(cursor, '%d+$'))))
        end
      end
      redis.call('XADD', COPY, cursor, 't', time, 's', size, 'e', rest)
    else
      for i = 2, #fields, 2 do
        bytes = bytes - #fields[i]
      end
      redis.call('XADD', COPY, cursor, unpack(fields))
    end
  end
end
redis.call('PEXPIRE', COPY, COPY_AGE)
if not whole then
  return {'more', rewrites, cursor}
end

local first = oldest(LOG)
if not first then
  -- All was forgotten meanwhile.
  redis.call('DEL', COPY)
  return {'done', rewrites, cursor}
end
redis.call('XTRIM', COPY, 'MINID', first)
if redis.call('XLEN', COPY) ~= redis.call('XLEN', LOG) or newest(COPY) ~= newest(LOG) then
  return again()
end
redis.call('PERSIST', COPY)
redis.call('RENAME', COPY, LOG)
redis.call('SET', REWRITES, string.format('%.0f', tonumber(rewrites) + 1))
return {'done', rewrites, cursor}
