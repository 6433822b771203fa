-- Admits one request, or says how long to wait. Each credential has one list, newest first: the times of the latest
-- admissions in microseconds, and, as the last entry, "e" followed by the time at which the list began.
-- A list without that last entry counts as missing, so a store that lost the list, or a part of it, is noticed.
--
-- KEYS[1]  the list
-- ARGV[1]  how many admissions to keep: the largest number of requests in any quota
-- ARGV[2]  how many milliseconds the list lives without requests
-- then for each quota: requests, window, and the wait if this process had only its share (both in microseconds)
--
-- Returns {wait, age}: 0 or the microseconds to wait, and the microseconds since the list began.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local stamp = string.format('%.0f', now)
local began = redis.call('LINDEX', KEYS[1], -1)
if began then
  began = tonumber(string.sub(began, 2))
else
  began = now
  redis.call('RPUSH', KEYS[1], 'e' .. stamp)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
local age = now - began

local wait = 0
for i = 3, #ARGV, 3 do
  local window = tonumber(ARGV[i + 1])
  -- `nil` if the list has fewer admissions: the index then reaches the last entry or beyond.
  local nth = tonumber(redis.call('LINDEX', KEYS[1], ARGV[i] - 1) or '')
  if nth and nth > now then
    -- The clock went back, so the times in the list can't be used: begin a new list.
    redis.call('DEL', KEYS[1])
    redis.call('RPUSH', KEYS[1], 'e' .. stamp)
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    began, age, wait = now, 0, 0
    for j = 5, #ARGV, 3 do
      wait = math.max(wait, tonumber(ARGV[j]))
    end
    break
  end
  if nth then
    wait = math.max(wait, window - (now - nth))
  end
  -- What was admitted before the list began isn't known.
  if age < window then
    wait = math.max(wait, tonumber(ARGV[i + 2]))
  end
end

if wait <= 0 then
  redis.call('LPUSH', KEYS[1], stamp)
  -- Trims the list and renews its expiry only sometimes. In between, the list may be a little too long. Its expiry is so
  -- far in the future that renewing it sometimes is enough.
  if now % 16 == 0 then
    local keep = tonumber(ARGV[1])
    if redis.call('LLEN', KEYS[1]) > keep + 1 then
      redis.call('LTRIM', KEYS[1], 0, keep - 1)
      redis.call('RPUSH', KEYS[1], 'e' .. string.format('%.0f', began))
    end
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
  wait = 0
end
return { math.ceil(wait), math.floor(age) }
