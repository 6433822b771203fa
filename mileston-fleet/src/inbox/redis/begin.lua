-- Begins to process a delivery. Its hash has the fields "fence" (the number of the latest lease), "until" (when that lease
-- ends, in microseconds of the store's clock) and, after it was processed, "done".
--
-- KEYS[1]  the hash
-- ARGV[1]  how long a lease lasts, in microseconds
-- ARGV[2]  how long the hash is kept, in milliseconds
--
-- Returns {0, fence} for a new lease, {1, microseconds left} if another lease is running, or {2, 0} if the delivery
-- was already processed.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local found = redis.call('HMGET', KEYS[1], 'fence', 'until', 'done')
if found[3] then
  return { 2, 0 }
end
local left = found[2] and tonumber(found[2]) - now or 0
-- If the lease seems to have more time left than any lease can have, the clock has gone back since the
-- lease began.
if left > 0 and left <= tonumber(ARGV[1]) * 2 then
  return { 1, math.ceil(left) }
end
-- The current time is larger than any earlier fence, even if the store has lost the earlier fences.
local fence = math.max(now, (tonumber(found[1] or 0)) + 1)
redis.call('HSET', KEYS[1], 'fence', string.format('%.0f', fence),
  'until', string.format('%.0f', now + tonumber(ARGV[1])))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 0, string.format('%.0f', fence) }
