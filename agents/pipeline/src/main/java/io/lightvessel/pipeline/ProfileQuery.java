package io.lightvessel.pipeline;

import java.time.Duration;

/**
 * Which samples are wanted.
 *
 * @param service of this service only; empty for all
 * @param process of the process with this key only, see {@link ProfileSnapshot.ProcessShare}; empty for all
 * @param last how far back from now
 * @param mostNodes how many nodes the graph may have; the smallest are left out
 */
public record ProfileQuery(String service, String process, Duration last, int mostNodes) {}
