-- Appends to a hub's log, all in one step, and tells what the log is like then. With nothing to append it only tells, after it
-- has seen to it that the log's epoch is right and that nothing too old is stored.
--
-- KEYS   1 log: the stream of events; an entry's id is <milliseconds of the epoch>-<sequence number>
--        2 passing: the stream of passing events and commands; <milliseconds of the epoch>-<number>
--        3 state: what the log is like, packed
--        4 ids: a sorted set of <publisher's id> NUL <sequence number in hex>, in the order of the bytes
--        5 uses: a hash of idempotency keys: <time> <content> <epoch> <sequence number before> <time of the events>;
--          and of fences, as 'fence <name>': <highest token> <its last key> <epoch> <sequence number before> <time of the events>
--        6 order: a list of <time> <key>, the oldest first
--        7 call: what the caller appended last, and what it was answered, packed
-- ARGV   see 'argument' below

local LOG, PASSING, STATE, IDS, USES, ORDER, CALL = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local KEY_AGE, MOST_KEYS, CALL_AGE = 300000, 100000, 600000
-- So much of what is forgotten stays readable for tails that are a little behind, unless nothing was appended for a while.
local SLACK_EVENTS, SLACK_BYTES, SLACK_AGE = 1000, 4194304, 10000
local MOST_PASSING, MOST_PASSING_BYTES, MOST_LIVES = 10000, 16777216, 64

local at = 0
local function argument()
  at = at + 1
  return ARGV[at]
end
local function number()
  return tonumber(argument())
end
local function text(n)
  return string.format('%.0f', n)
end
-- The milliseconds of an epoch.
local function birth(epoch)
  return tonumber(string.match(epoch, '^%d+') or '0')
end
-- The sequence number of an entry.
local function sequence(id)
  return tonumber(string.match(id, '%-(%d+)$'))
end
local function field(fields, name)
  for i = 1, #fields, 2 do
    if fields[i] == name then
      return fields[i + 1]
    end
  end
end

local callNumber = argument() -- of the caller; empty if it appends nothing
local server = argument() -- the run id of this server
local seenEpoch, seen = argument(), number() -- the newest event that the caller has seen
local now = number() -- below 0: by this server's clock
local random = argument() -- for a new epoch
local mostEvents, mostBytes, mostAge = number(), number(), number()

local clock = redis.call('TIME')
local serverNow = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
if now < 0 then
  now = serverNow
end

-- The state, as one value. 'bytes' counts all that was ever appended; so do startBytes, middleBytes and markBytes, up to the
-- event of that number. Entries up to 'cut' are deleted; those up to 'mark' are next. 'newest' is when the newest was appended.
-- 'sound' is the birth of the oldest epoch since which nothing that was answered is known to be lost.
local epoch, first, lives, owner, last, start, startId, oldest, newest, bytes, startBytes, middle, middleId, middleBytes,
  passing, passingBytes, cut, mark, markId, markBytes, sound
-- A packed value. What no hub has written counts as nothing.
local function packed(key, size)
  local readable, value = pcall(cmsgpack.unpack, redis.call('GET', key) or '')
  return readable and type(value) == 'table' and #value == size and value
end
local stored = packed(STATE, 21)
if stored then
  epoch, first, lives, owner, last, start, startId, oldest, newest, bytes, startBytes, middle, middleId, middleBytes,
    passing, passingBytes, cut, mark, markId, markBytes, sound = unpack(stored)
else
  first, lives, last, start, startId, oldest, newest, bytes, startBytes, middle, middleId, middleBytes,
    passing, passingBytes, cut, mark, markId, markBytes, sound =
    0, '', 0, 0, '0-0', 0, 0, 0, 0, 0, '0-0', 0, 0, 0, 0, 0, '0-0', 0, 0
end
local changed, passed = false, false

-- Whether the caller has seen an event that is not there any more.
local function isLost()
  if seenEpoch == epoch then
    return seen > last
  elseif birth(seenEpoch) >= birth(epoch) then
    return true
  elseif birth(seenEpoch) < sound then
    return false
  end
  local _, at = string.find(';' .. lives, ';' .. seenEpoch .. ':', 1, true)
  if at then
    return seen > tonumber(string.match(lives, '^%d+:(%d+);', at))
  end
  -- All of that life is lost, unless it is older than those that are remembered.
  return lives ~= '' and birth(seenEpoch) > birth(lives)
end

-- A new epoch begins. The events of those before are kept, or it begins with none.
local function begin(keeps)
  if keeps then
    lives = lives .. epoch .. ':' .. text(first) .. ':' .. text(last) .. ';'
    local _, count = string.gsub(lives, ';', ';')
    while count > MOST_LIVES or (count > 0 and tonumber(string.match(lives, '^[^:]+:%d+:(%d+);')) < start) do
      lives = string.gsub(lives, '^[^;]*;', '')
      count = count - 1
    end
  else
    redis.call('DEL', LOG, PASSING, IDS, USES, ORDER)
    lives = ''
    start, startBytes, startId, oldest = last, bytes, '0-0', 0
    middle, middleBytes, middleId = last, bytes, '0-0'
    cut, mark, markBytes, markId = last, last, bytes, '0-0'
  end
  local older = math.max(epoch and birth(epoch) or 0, birth(seenEpoch))
  epoch = text(math.max(serverNow, older + 1)) .. '-' .. random
  first = last
  passing = 0
  owner = server
  changed = true
end

-- Whether a stream has an entry after this one. No hub has written it, and the next could not be appended.
local function goesOn(stream, number)
  -- Backwards, which finds the end at once.
  return #redis.call('XREVRANGE', stream, '+', '(' .. text(birth(epoch)) .. '-' .. text(number), 'COUNT', 1) > 0
end

if not epoch or redis.call('XLEN', LOG) ~= last - cut or goesOn(LOG, last) then
  begin(false)
  sound = birth(epoch)
elseif isLost() then
  -- Another server, or one that was given an older state, lacks the newest events. Whoever has not had them must hear of it.
  begin(true)
  sound = birth(epoch)
elseif owner ~= server then
  -- It may lack them, and nobody has said so.
  begin(true)
end
if goesOn(PASSING, passing) then
  redis.call('DEL', PASSING)
end
local life = text(birth(epoch)) .. '-'
local nowText = text(now)

-- What is forgotten has to be read once more, which costs more than appending. So it is done for some at a time. The numbers
-- that callers are told are exact all the same; the bytes may be more by a sixty-fourth.
local LAG_EVENTS, LAG_BYTES = math.min(64, math.floor(mostEvents / 64)), math.floor(mostBytes / 64)

-- Entries of a life that is not known any more cannot be read.
local readable = tonumber(string.match(lives, '^[^:]+:(%d+):') or first)

local function tooMuch(time)
  return start < readable
    or time < now - mostAge
    or last - start > mostEvents
    or (last - start > 1 and bytes - startBytes > mostBytes)
end

-- Forgets the oldest events while there are too many.
local function forget()
  if start == last
    or start >= readable
      and oldest >= now - mostAge
      and last - start <= mostEvents + LAG_EVENTS
      and (last - start <= 1 or bytes - startBytes <= mostBytes + LAG_BYTES) then
    return
  end
  local cursor, chunk = '(' .. startId, math.min(100, math.max(2, last - start - mostEvents + 1))
  repeat
    local entries = redis.call('XRANGE', LOG, cursor, '+', 'COUNT', chunk)
    local going = #entries > 0
    for _, entry in ipairs(entries) do
      local fields = entry[2]
      oldest = tonumber(field(fields, 't'))
      if not tooMuch(oldest) then
        going = false
        break
      end
      local id = field(fields, 'i')
      start = start + 1
      if id then
        redis.call('ZREM', IDS, id .. '\0' .. string.format('%012x', start))
      end
      startBytes = startBytes + tonumber(field(fields, 's'))
      startId = entry[1]
      cursor = '(' .. startId
    end
    chunk = 100
  until not going
  if start == last then
    oldest = 0
  end
  changed = true
end

-- Deletes what is forgotten, and will not be read any more.
local function delete()
  if now - newest > SLACK_AGE or now < newest then
    mark, markId, markBytes = start, startId, startBytes
  elseif start - mark <= SLACK_EVENTS and startBytes - markBytes <= SLACK_BYTES then
    return
  end
  if mark > cut then
    if mark == last then
      redis.call('XTRIM', LOG, 'MAXLEN', 0)
    else
      redis.call('XTRIM', LOG, 'MINID', string.match(markId, '^%d+') .. '-' .. text(mark + 1))
    end
    cut = mark
    changed = true
  end
  if start > mark then
    mark, markId, markBytes = start, startId, startBytes
    changed = true
  end
end

-- Moves the middle up to where at most half of what may be stored comes after it.
local function halve()
  if middle < start then
    middle, middleId, middleBytes = start, startId, startBytes
    changed = true
  end
  local halfEvents, halfBytes = math.floor(mostEvents / 2), math.floor(mostBytes / 2)
  if last - middle <= halfEvents + LAG_EVENTS and bytes - middleBytes <= halfBytes + LAG_BYTES then
    return
  end
  while last - middle > halfEvents or bytes - middleBytes > halfBytes do
    local chunk = math.min(100, math.max(1, last - middle - halfEvents))
    local entries = redis.call('XRANGE', LOG, '(' .. middleId, '+', 'COUNT', chunk)
    if #entries == 0 then
      middle, middleBytes = last, bytes
    end
    for _, entry in ipairs(entries) do
      if last - middle <= halfEvents and bytes - middleBytes <= halfBytes then
        break
      end
      middle, middleId = middle + 1, entry[1]
      middleBytes = middleBytes + tonumber(field(entry[2], 's'))
    end
    changed = true
  end
end

-- Forgets the older half of the passing events while they have too many bytes. Their number is bounded where they are added.
local function forgetPassing()
  local length = redis.call('XLEN', PASSING)
  while length > 1 do
    local head = redis.call('XRANGE', PASSING, '-', '+', 'COUNT', 1)[1][2]
    if passingBytes - tonumber(field(head, 'b')) <= MOST_PASSING_BYTES then
      return
    end
    length = math.floor(length / 2)
    redis.call('XTRIM', PASSING, 'MAXLEN', length)
  end
end

-- Forgets the idempotency keys that are too old or too many, and what is none, a few at a time.
local function forgetKeys(most)
  for _ = 1, most do
    local eldest = redis.call('LINDEX', ORDER, 0)
    if not eldest then
      return
    end
    local time, key = string.match(eldest, '^(%d+) (.*)$')
    if time and redis.call('LLEN', ORDER) <= MOST_KEYS and tonumber(time) >= now - KEY_AGE then
      return
    end
    redis.call('LPOP', ORDER)
    local use = time and redis.call('HGET', USES, key)
    if use and string.match(use, '^%d+') == time then
      redis.call('HDEL', USES, key)
    end
  end
end

forget()

-- The caller's last call is repeated, because its answer was lost: what it appended is in the log already. 'told' has what was
-- answered to publishes that appended nothing. Their keys may be forgotten by now.
local repeated, running, runningEpoch, runningTime, told = false, last, epoch, text(now), {}
local call = callNumber ~= '' and packed(CALL, 5)
if call and call[1] == callNumber then
  repeated, running, runningEpoch, runningTime, told = true, call[2], call[3], call[4], call[5]
  -- WAIT and WAITAOF ask for what this connection wrote last. If it had written nothing, everything would be confirmed.
  redis.call('PEXPIRE', CALL, CALL_AGE)
else
  forgetKeys(20)
end

-- Each event: k (kept) or p (passing) or c (a command, passing as well), its size, its publisher's id, its bytes, the trace
-- that it is part of, and the caller's name for it if it passes.
local function append(count)
  for _ = 1, count do
    local kind, size, id, data, trace, name = argument(), number(), argument(), argument(), argument(), argument()
    if kind == 'k' then
      running = running + 1
    end
    if not repeated then
      if kind == 'k' then
        last, bytes = running, bytes + size
        if start + 1 == last then
          oldest = now
        end
        newest = now
        local entry = life .. text(last)
        if id == '' and trace == '' then
          redis.call('XADD', LOG, entry, 't', nowText, 's', size, 'e', data)
        elseif id == '' then
          redis.call('XADD', LOG, entry, 't', nowText, 's', size, 'e', data, 'w', trace)
        elseif trace == '' then
          redis.call('XADD', LOG, entry, 't', nowText, 's', size, 'e', data, 'i', id)
        else
          redis.call('XADD', LOG, entry, 't', nowText, 's', size, 'e', data, 'i', id, 'w', trace)
        end
        if id ~= '' then
          redis.call('ZADD', IDS, 0, id .. '\0' .. string.format('%012x', last))
        end
      else
        passing, passingBytes, passed = passing + 1, passingBytes + #data + #trace, true
        if trace == '' then
          redis.call('XADD', PASSING, 'MAXLEN', '~', MOST_PASSING, life .. text(passing),
            'b', text(passingBytes), 'p', text(last), 't', nowText, 'n', name, kind, data)
        else
          redis.call('XADD', PASSING, 'MAXLEN', '~', MOST_PASSING, life .. text(passing),
            'b', text(passingBytes), 'p', text(last), 't', nowText, 'n', name, kind, data, 'w', trace)
        end
      end
      changed = true
    end
  end
end

-- What the same publish was answered before; nil if there was none.
local function answered(key, content)
  local use = key ~= '' and redis.call('HGET', USES, key)
  if not use then
    return nil
  end
  local time, known, answer = string.match(use, '^(%d+) (%S+) (%S+ %d+ %d+)$')
  if not time or tonumber(time) < now - KEY_AGE then
    return nil
  end
  return known == content and answer or 'reused'
end

-- The same for a publisher that has a fence. Its last key is never too old. A token below the highest is refused.
local function answeredBehind(fence, token, key)
  local left = redis.call('HGET', USES, fence)
  local highest, known, answer = string.match(left or '', '^(%d+) (%S+) (%S+ %d+ %d+)$')
  if known == key then
    if tonumber(token) > tonumber(highest) then
      redis.call('HSET', USES, fence, token .. ' ' .. key .. ' ' .. answer)
    end
    return answer
  end
  return highest and tonumber(token) < tonumber(highest) and 'fenced ' .. highest or nil
end

local before, results = running, {}
for i = 1, number() do
  local key, content, fence, token, count = argument(), argument(), argument(), argument(), number()
  local answer = repeated and told[i] or nil
  local isFenced = fence ~= ''
  fence = 'fence ' .. fence
  if not repeated then
    if isFenced then
      answer = answeredBehind(fence, token, key)
    else
      answer = answered(key, content)
    end
    told[i] = answer
  end
  results[i] = answer or runningEpoch .. ' ' .. text(running) .. ' ' .. runningTime
  if answer then
    at = at + 6 * count
  else
    if isFenced and not repeated then
      redis.call('HSET', USES, fence, token .. ' ' .. key .. ' ' .. results[i])
    elseif key ~= '' and not repeated then
      redis.call('HSET', USES, key, text(now) .. ' ' .. content .. ' ' .. results[i])
      redis.call('RPUSH', ORDER, text(now) .. ' ' .. key)
      -- More than come, so that there are never many more than may be.
      forgetKeys(2)
    end
    append(count)
  end
end
if callNumber ~= '' and not repeated then
  redis.call('SET', CALL, cmsgpack.pack({callNumber, before, runningEpoch, runningTime, told}), 'PX', CALL_AGE)
end

forget()
halve()
delete()
if passed then
  forgetPassing()
end

if changed then
  redis.call('SET', STATE, cmsgpack.pack({epoch, first, lives, owner, last, start, startId, oldest, newest, bytes, startBytes,
    middle, middleId, middleBytes, passing, passingBytes, cut, mark, markId, markBytes, sound}))
end
local answer = {epoch, text(first), lives, text(last), text(math.max(start, last - mostEvents)), text(middle), text(oldest),
  text(now), text(passing), text(sound), text(bytes - startBytes)}
for i = 1, #results do
  answer[#answer + 1] = results[i]
end
return answer
