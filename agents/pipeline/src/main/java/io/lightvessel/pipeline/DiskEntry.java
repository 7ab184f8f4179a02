package io.lightvessel.pipeline;

import io.lightvessel.pipeline.disk.Stored;

/** Where a lane's entry is stored, for entries that come from a disk. */
record DiskEntry(DiskQueue queue, Stored stored) {}
