-- Adds columns; one that another writer added meanwhile stays as it is. Reads no table.
ALTER TABLE `p.d._sync_runs`
  ADD COLUMN IF NOT EXISTS `started_at` TIMESTAMP,
  ADD COLUMN IF NOT EXISTS `ended_at` TIMESTAMP,
  ADD COLUMN IF NOT EXISTS `window_from` TIMESTAMP,
  ADD COLUMN IF NOT EXISTS `window_to` TIMESTAMP,
  ADD COLUMN IF NOT EXISTS `listed` INT64,
  ADD COLUMN IF NOT EXISTS `fetched` INT64,
  ADD COLUMN IF NOT EXISTS `inserted` INT64,
  ADD COLUMN IF NOT EXISTS `closed` INT64,
  ADD COLUMN IF NOT EXISTS `unchanged` INT64,
  ADD COLUMN IF NOT EXISTS `stale` INT64,
  ADD COLUMN IF NOT EXISTS `failed` INT64,
  ADD COLUMN IF NOT EXISTS `left_for_approval` INT64,
  ADD COLUMN IF NOT EXISTS `bytes_billed` INT64,
  ADD COLUMN IF NOT EXISTS `statements` INT64,
  ADD COLUMN IF NOT EXISTS `api_calls` INT64,
  ADD COLUMN IF NOT EXISTS `outcome` STRING,
  ADD COLUMN IF NOT EXISTS `detail` STRING
