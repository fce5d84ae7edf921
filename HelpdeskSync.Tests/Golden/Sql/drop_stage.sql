-- Drops a staging table after use. Reads no table.
DROP TABLE IF EXISTS `p.d._sync_stage_x`
