DROP TABLE IF EXISTS `p.d._sync_stage_x`
