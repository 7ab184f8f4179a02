package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.pprof.format.DeltaState;
import io.lightvessel.gateway.pprof.format.MalformedProfile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of earlier pulls for the next one to make sense; goes along when a target changes hands.
 *
 * @param source who makes differences of cumulative profiles
 * @param last what the target had counted when it was last asked; null when that is not known or of no use
 */
record PullState(Source source, @Nullable DeltaState last) {
    private static final int VERSION = 1;
    /** What may be handed over is limited; a larger one begins anew. */
    private static final int LARGEST = (16 << 20) - 2;

    static final PullState NEW = new PullState(Source.UNKNOWN, null);

    /** Who makes differences. */
    enum Source {
        UNKNOWN,
        /** This agent, by comparing. */
        AGENT,
        /** The target, but what it told first is about all of its life and goes nowhere. */
        TARGET
    }

    byte[] bytes() {
        byte[] state = last == null || last.bytes().length > LARGEST ? new byte[0] : last.bytes();
        byte[] all = new byte[state.length + 2];
        all[0] = VERSION;
        all[1] = (byte) source.ordinal();
        System.arraycopy(state, 0, all, 2, state.length);
        return all;
    }

    /** Of a former owner, whose version may be another; what cannot be read counts as nothing. */
    static PullState of(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != VERSION || bytes[1] < 0 || bytes[1] >= Source.values().length) {
            return NEW;
        }
        Source source = Source.values()[bytes[1]];
        try {
            return new PullState(
                    source, bytes.length == 2 ? null : DeltaState.of(Arrays.copyOfRange(bytes, 2, bytes.length)));
        } catch (MalformedProfile e) {
            return new PullState(source, null);
        }
    }
}
