package io.lightvessel.gateway.cluster.wire;

import io.lightvessel.gateway.cluster.core.Content;
import java.time.DateTimeException;
import java.time.Instant;

/** What frames carry, as bytes. */
final class Contents {

    private static final int MAX_STATE = 16 << 20;

    private Contents() {}

    static void write(Output out, Content content) {
        Keys keys = new Keys();
        switch (content) {
            case Content.Take take ->
                out.octet(1).list(take.grants(), grant -> {
                    keys.write(out, grant.key());
                    out.number(grant.epoch()).number(grant.previous());
                });
            case Content.Release release ->
                out.octet(2).list(release.orders(), order -> {
                    keys.write(out, order.key());
                    out.number(order.epoch()).member(order.to());
                });
            case Content.Owners owners ->
                out.octet(3).flag(owners.first()).list(owners.rows(), row -> {
                    keys.write(out, row.key());
                    out.optionalMember(row.owner()).optionalMember(row.to()).number(row.epoch());
                    out.number(row.cost()).number(row.since());
                });
            case Content.Left() -> out.octet(4);
            case Content.Dissolve() -> out.octet(5);
            case Content.Known known ->
                out.octet(6)
                        .list(known.added(), key -> keys.write(out, key))
                        .list(known.removed(), key -> keys.write(out, key));
            case Content.Held held ->
                out.octet(7).list(held.holdings(), holding -> {
                    keys.write(out, holding.key());
                    out.number(holding.epoch()).octet(holding.phase().ordinal());
                });
            case Content.Ready() -> out.octet(8);
            case Content.Costs costs ->
                out.octet(9).list(costs.costs(), cost -> {
                    keys.write(out, cost.key());
                    out.number(cost.cost());
                });
            case Content.Released released ->
                out.octet(10).list(released.ended(), end -> {
                    keys.write(out, end.key());
                    out.number(end.epoch()).optionalMember(end.handedTo());
                });
            case Content.Leave() -> out.octet(11);
            case Content.Part part -> {
                out.octet(12);
                keys.write(out, part.key());
                out.number(part.epoch());
                out.number(part.lastSlot().getEpochSecond())
                        .number(part.lastSlot().getNano());
                out.small(part.size()).small(part.offset()).octets(part.bytes());
            }
        }
    }

    static Content read(Input in) throws MalformedMessage {
        Keys keys = new Keys();
        int kind = in.octet();
        return switch (kind) {
            case 1 ->
                new Content.Take(
                        in.list(Content.MAX_ENTRIES, () -> new Content.Grant(keys.read(in), in.number(), in.number())));
            case 2 ->
                new Content.Release(
                        in.list(Content.MAX_ENTRIES, () -> new Content.Order(keys.read(in), in.number(), in.member())));
            case 3 ->
                new Content.Owners(
                        in.flag(),
                        in.list(
                                Content.MAX_ENTRIES,
                                () -> new Content.Row(
                                        keys.read(in),
                                        in.optionalMember(),
                                        in.optionalMember(),
                                        in.number(),
                                        in.number(),
                                        in.number())));
            case 4 -> new Content.Left();
            case 5 -> new Content.Dissolve();
            case 6 ->
                new Content.Known(
                        in.list(Content.MAX_ENTRIES, () -> keys.read(in)),
                        in.list(Content.MAX_ENTRIES, () -> keys.read(in)));
            case 7 ->
                new Content.Held(
                        in.list(Content.MAX_ENTRIES, () -> new Content.Holding(keys.read(in), in.number(), phase(in))));
            case 8 -> new Content.Ready();
            case 9 ->
                new Content.Costs(in.list(Content.MAX_ENTRIES, () -> new Content.Cost(keys.read(in), in.number())));
            case 10 ->
                new Content.Released(in.list(
                        Content.MAX_ENTRIES, () -> new Content.Ended(keys.read(in), in.number(), in.optionalMember())));
            case 11 -> new Content.Leave();
            case 12 -> part(in, keys);
            default -> throw new MalformedMessage("content: " + kind + " (expected: 1..12)");
        };
    }

    private static Content.Phase phase(Input in) throws MalformedMessage {
        return Messages.word(in, Content.Phase.values(), "phase");
    }

    private static Content part(Input in, Keys keys) throws MalformedMessage {
        var key = keys.read(in);
        long epoch = in.number();
        long seconds = in.number();
        long nanos = in.number();
        if (nanos < 0 || nanos > 999_999_999) {
            throw new MalformedMessage("slot: " + nanos + " ns (expected: less than a second)");
        }
        Instant slot;
        try {
            slot = Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new MalformedMessage("slot: " + seconds + " s (expected: a time)");
        }
        int size = in.size("state", MAX_STATE);
        int offset = in.size("offset", size);
        return new Content.Part(key, epoch, slot, size, offset, in.octets(Math.min(Content.MAX_PART, size - offset)));
    }
}
