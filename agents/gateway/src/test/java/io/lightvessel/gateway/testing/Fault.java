package io.lightvessel.gateway.testing;

import java.time.Duration;

/** What a {@link FaultProxy} does to the bytes between an exporter and its backend. */
public sealed interface Fault {

    /** Bytes pass as they are. */
    record None() implements Fault {}

    /** Whatever arrives is passed on this much later. */
    record Delay(Duration by) implements Fault {}

    /** One byte at a time, with a pause after each few. */
    record Drip(int bytesPerMillisecond) implements Fault {}

    /** Each connection is closed in the middle, after so many bytes in both directions. */
    record CutAfter(int bytes) implements Fault {}

    /** Connections are reset as soon as they carry something. */
    record Reset() implements Fault {}

    /** Connections are accepted and nothing moves; what was held up goes on when the fault is over. */
    record Hang() implements Fault {}

    /** Bytes are swallowed, and the connection stays dead for good, as when a router has forgotten it. */
    record Blackhole() implements Fault {}

    /** The client gets bytes that are no protocol. */
    record Garbage() implements Fault {}

    /** Nobody listens. */
    record Down() implements Fault {}
}
