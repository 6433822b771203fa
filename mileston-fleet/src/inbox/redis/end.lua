-- Ends or extends a lease, if it is still the latest one.
--
-- KEYS[1]  the hash
-- ARGV[1]  the number of the lease
-- ARGV[2]  "done", "again" (releases the lease) or "extend"
-- ARGV[3]  how long a lease lasts, in microseconds
-- ARGV[4]  how long the hash is kept, in milliseconds
--
-- Returns 1, or 0 if another process has begun processing the delivery, or if the store has forgotten this lease. Also
-- returns 0 for "again" and "extend" if the delivery was already processed.
local found = redis.call('HMGET', KEYS[1], 'fence', 'done')
if found[1] ~= ARGV[1] then
  return 0
end
if ARGV[2] == 'done' then
  redis.call('HSET', KEYS[1], 'done', '1')
elseif found[2] then
  return 0
elseif ARGV[2] == 'again' then
  redis.call('HSET', KEYS[1], 'until', '0')
else
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + tonumber(ARGV[3])))
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
