-- Begins to process a delivery. Its hash has the fields "fence" (the number of the latest lease), "until" (when that lease
-- ends, in microseconds of the store's clock) and, after it was processed, "done".
--
-- KEYS[1]  the hash
-- ARGV[1]  how long a lease lasts, in microseconds
-- ARGV[2]  how long the hash is kept, in milliseconds
--
-- Returns {0, fence} for a new lease, {1, microseconds} while another one runs, or {2, 0} if it was processed.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local found = redis.call('HMGET', KEYS[1], 'fence', 'until', 'done')
if found[3] then
  return { 2, 0 }
end
local left = found[2] and tonumber(found[2]) - now or 0
-- A lease that lasts longer than any lease can was made before the clock went back.
if left > 0 and left <= tonumber(ARGV[1]) * 2 then
  return { 1, math.ceil(left) }
end
-- The time is larger than any number before it, even if the store has lost them.
local fence = math.max(now, (tonumber(found[1] or 0)) + 1)
redis.call('HSET', KEYS[1], 'fence', string.format('%.0f', fence),
  'until', string.format('%.0f', now + tonumber(ARGV[1])))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 0, string.format('%.0f', fence) }
