-- Adds columns; one that another writer added meanwhile stays as it is. Reads no table.
ALTER TABLE `p.d.tickets_history`
  ADD COLUMN IF NOT EXISTS `isOverDue` BOOL,
  ADD COLUMN IF NOT EXISTS `subject` STRING
