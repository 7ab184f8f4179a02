package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.codec.GzipEncoder;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.pprof.format.DeltaState;
import io.lightvessel.gateway.pprof.format.Gunzip;
import io.lightvessel.gateway.pprof.format.MalformedProfile;
import io.lightvessel.gateway.pprof.format.ProfileDelta;
import io.lightvessel.gateway.pprof.format.ProfileIndex;
import io.lightvessel.gateway.scrape.Slots;
import io.lightvessel.gateway.scrape.http.FetchResult;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.UUID;

/**
 * Checks what targets sent and makes payloads of it. One profile at a time is unpacked, whatever the number of targets;
 * belongs to one thread.
 */
final class ProfileReader {
    private static final int KEPT_OUTPUT = 4 << 20;

    private final Gunzip gunzip = new Gunzip();
    private final ProfileIndex index = new ProfileIndex();
    private final ProfileDelta delta = new ProfileDelta();
    private final GzipEncoder gzip = new GzipEncoder();
    private ProtoWriter out = new ProtoWriter(1 << 16);

    /**
     * Takes over the answer's body and lease.
     *
     * @param ownDelta whether the target told its own differences
     */
    Pulled read(
            ProfileTarget target,
            FetchResult.Answered answer,
            boolean ownDelta,
            PullState state,
            int limit,
            Instant now) {
        ByteBuf packed = answer.body();
        ByteBudget.Lease lease = answer.lease();
        boolean handedOn = false;
        try {
            if (!packed.isReadable()) {
                return new Pulled.Refused("an empty answer (expected: a profile)");
            }
            if (answer.gzip()) {
                packed = unwrap(packed, limit, lease);
            }
            gunzip.read(packed, limit, lease);
            index.read(gunzip.array(), gunzip.size());
            Pulled pulled;
            if (ownDelta && target.deltaUrl().isPresent()) {
                pulled = ofTarget(target, packed, state, lease);
            } else if (target.type().cumulative().isEmpty()) {
                pulled = asItIs(target, packed, state, lease);
            } else {
                pulled = difference(target, packed, state, lease, now);
            }
            handedOn = pulled instanceof Pulled.Profile;
            return pulled;
        } catch (MalformedProfile e) {
            String type = answer.contentType().isEmpty() ? "" : " (" + answer.contentType() + ")";
            return new Pulled.Refused("not a profile" + type + ": " + e.getMessage());
        } catch (BudgetSpent e) {
            return new Pulled.Refused("the agent's memory budget was spent while a profile was read");
        } finally {
            packed.release();
            if (!handedOn) {
                lease.release();
            }
            if (out.array().length > KEPT_OUTPUT) {
                out = new ProtoWriter(1 << 16);
            }
        }
    }

    /** Something on the way packed the answer once more; what is sent on is what the target wrote. */
    private ByteBuf unwrap(ByteBuf twice, int limit, ByteBudget.Lease lease) throws MalformedProfile, BudgetSpent {
        gunzip.read(twice, limit, lease);
        byte[] once = new byte[gunzip.size()];
        System.arraycopy(gunzip.array(), 0, once, 0, once.length);
        twice.release();
        return Unpooled.wrappedBuffer(once);
    }

    /** What a target that is asked for the first time calls a difference is all it ever counted. */
    private Pulled ofTarget(ProfileTarget target, ByteBuf packed, PullState state, ByteBudget.Lease lease)
            throws BudgetSpent {
        PullState after = new PullState(PullState.Source.TARGET, null);
        return state.source() == PullState.Source.TARGET
                ? asItIs(target, packed, after, lease)
                : new Pulled.Nothing(after, true);
    }

    private Pulled asItIs(ProfileTarget target, ByteBuf packed, PullState after, ByteBudget.Lease lease)
            throws BudgetSpent {
        if (index.samples() == 0) {
            return new Pulled.Nothing(after, false);
        }
        ByteBuf body = Gunzip.isPacked(packed) ? packed.retain() : pack(packed);
        return profile(target, body, after, lease);
    }

    private Pulled difference(
            ProfileTarget target, ByteBuf packed, PullState state, ByteBudget.Lease lease, Instant now)
            throws MalformedProfile, BudgetSpent {
        int[] columns = ProfileDelta.columns(index, target.type().cumulative());
        if (columns.length == 0) {
            // Other runtimes call other things memory, which do not grow for ever.
            return asItIs(target, packed, new PullState(PullState.Source.AGENT, null), lease);
        }
        out.clear();
        DeltaState last = state.last();
        long memory = ProfileDelta.memory(index, columns, last);
        if (!lease.tryGrow(memory)) {
            throw new BudgetSpent(lease.bytes() + memory);
        }
        ProfileDelta.Outcome outcome = delta.take(index, columns, last, Slots.nanos(now), out);
        PullState after = new PullState(PullState.Source.AGENT, outcome.state());
        if (outcome.samples() == 0) {
            return new Pulled.Nothing(after, outcome.isFirst());
        }
        ByteBuf body = pack(Unpooled.wrappedBuffer(out.array(), 0, out.size()));
        return profile(target, body, after, lease);
    }

    private ByteBuf pack(ByteBuf plain) {
        ByteBuf packed = ByteBufAllocator.DEFAULT.heapBuffer(Math.max(256, plain.readableBytes() / 4));
        gzip.encode(plain, packed);
        return packed;
    }

    /** Takes over the body. OTLP would have a profile for each sample type, and so the books count. */
    private Pulled profile(ProfileTarget target, ByteBuf body, PullState state, ByteBudget.Lease lease)
            throws BudgetSpent {
        ByteBuf request = PushRequest.of(target.labels(), body, UUID.randomUUID(), ByteBufAllocator.DEFAULT);
        int size = request.readableBytes();
        if (lease.bytes() < size && !lease.tryGrow(size - lease.bytes())) {
            request.release();
            throw new BudgetSpent(size);
        }
        lease.shrinkTo(size);
        return new Pulled.Profile(Payload.of(PayloadForm.PPROF, request, index.types(), lease), state);
    }
}
