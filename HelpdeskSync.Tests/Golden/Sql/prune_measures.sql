-- Drops whole partitions of `minute`, which is free.
DELETE FROM `p.d._sync_measures` WHERE `minute` < @day
