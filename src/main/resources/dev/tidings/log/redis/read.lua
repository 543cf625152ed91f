-- Reads a page of a hub's history: entries after an id, until there are enough or they have enough bytes.
--
-- KEYS   1 log
-- ARGV   1 the id of an entry, which need not exist
--        2 how many entries at most
--        3 after how many bytes of text to stop

local cursor, left, bytes = '(' .. ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local page = {}
while left > 0 and bytes > 0 do
  local entries = redis.call('XRANGE', KEYS[1], cursor, '+', 'COUNT', math.min(left, 16))
  for _, entry in ipairs(entries) do
    page[#page + 1] = entry
    left = left - 1
    for i = 1, #entry[2], 2 do
      if entry[2][i] == 's' then
        bytes = bytes - tonumber(entry[2][i + 1])
      end
    end
    cursor = '(' .. entry[1]
  end
  if #entries < 16 then
    break
  end
end
return page
