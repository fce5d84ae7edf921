-- The watermarks. No pruning: a small table of the app's own.
SELECT `name`, `value`
FROM `p.d._sync_state`
WHERE STARTS_WITH(`name`, 'watermark/')
