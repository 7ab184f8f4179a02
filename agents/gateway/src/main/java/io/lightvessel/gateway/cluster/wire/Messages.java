package io.lightvessel.gateway.cluster.wire;

import io.lightvessel.gateway.cluster.core.Config;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.Message;
import io.lightvessel.gateway.cluster.core.Message.Ack;
import io.lightvessel.gateway.cluster.core.Message.Ballot;
import io.lightvessel.gateway.cluster.core.Message.Channel;
import io.lightvessel.gateway.cluster.core.Message.Frame;
import io.lightvessel.gateway.cluster.core.Message.FrameAck;
import io.lightvessel.gateway.cluster.core.Message.Goodbye;
import io.lightvessel.gateway.cluster.core.Message.Hello;
import io.lightvessel.gateway.cluster.core.Message.Refused;
import io.lightvessel.gateway.cluster.core.Message.Renew;
import io.lightvessel.gateway.cluster.core.Message.Standing;
import io.lightvessel.gateway.cluster.core.Message.Vote;
import io.lightvessel.gateway.cluster.core.TieBreak;
import io.lightvessel.gateway.cluster.core.View;
import java.util.List;

/** Messages as bytes: a version, a kind, fixed fields. */
public final class Messages {

    static final int VERSION = 1;
    /** No message is longer; what is longer is not even looked at. */
    public static final int MAX_BYTES = 2 << 20;

    private Messages() {}

    public static byte[] write(Message message) {
        Output out = new Output().octet(VERSION);
        switch (message) {
            case Hello hello -> {
                out.octet(1);
                member(out, hello.self());
                out.octet(hello.standing().ordinal()).number(hello.lineage()).number(hello.view());
                out.small(hello.size()).flag(hello.leading());
            }
            case Ballot ballot -> config(out.octet(2).number(ballot.term()).flag(ballot.trial()), ballot.config());
            case Vote vote ->
                out.octet(3)
                        .number(vote.term())
                        .flag(vote.trial())
                        .flag(vote.granted())
                        .number(vote.promised())
                        .number(vote.acknowledged());
            case Renew renew -> {
                out.octet(4).number(renew.term()).number(renew.round()).number(renew.generation());
                out.number(renew.echo()).number(renew.confirmed());
                config(out, renew.config());
                out.flag(renew.retiring());
            }
            case Ack ack -> out.octet(5).number(ack.term()).number(ack.round()).number(ack.stamp());
            case Refused refused -> out.octet(6).number(refused.promised());
            case Goodbye() -> out.octet(7);
            case Frame frame -> {
                out.octet(8)
                        .octet(frame.channel().ordinal())
                        .number(frame.session())
                        .number(frame.number());
                Contents.write(out, frame.content());
            }
            case FrameAck ack ->
                out.octet(9)
                        .octet(ack.channel().ordinal())
                        .number(ack.session())
                        .number(ack.upTo());
        }
        return out.done();
    }

    public static Message read(byte[] bytes) throws MalformedMessage {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedMessage(bytes.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        Input in = new Input(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw new MalformedMessage("version: " + version + " (expected: " + VERSION + ")");
        }
        Message message = body(in);
        in.end();
        return message;
    }

    private static Message body(Input in) throws MalformedMessage {
        int kind = in.octet();
        return switch (kind) {
            case 1 ->
                new Hello(
                        member(in),
                        word(in, Standing.values(), "standing"),
                        in.number(),
                        in.number(),
                        in.size("members", View.MAX_MEMBERS),
                        in.flag());
            case 2 -> new Ballot(in.number(), in.flag(), config(in));
            case 3 -> new Vote(in.number(), in.flag(), in.flag(), in.number(), in.number());
            case 4 -> new Renew(in.number(), in.number(), in.number(), in.number(), in.number(), config(in), in.flag());
            case 5 -> new Ack(in.number(), in.number(), in.number());
            case 6 -> new Refused(in.number());
            case 7 -> new Goodbye();
            case 8 -> new Frame(channel(in), in.number(), in.number(), Contents.read(in));
            case 9 -> new FrameAck(channel(in), in.number(), in.number());
            default -> throw new MalformedMessage("kind: " + kind + " (expected: 1..9)");
        };
    }

    static <T> T word(Input in, T[] words, String what) throws MalformedMessage {
        int index = in.octet();
        if (index >= words.length) {
            throw new MalformedMessage(what + ": " + index + " (expected: less than " + words.length + ")");
        }
        return words[index];
    }

    private static Channel channel(Input in) throws MalformedMessage {
        return word(in, Channel.values(), "channel");
    }

    private static void member(Output out, Member member) {
        out.member(member.id()).text(member.name()).text(member.address());
    }

    private static Member member(Input in) throws MalformedMessage {
        return new Member(in.member(), in.text(Member.MAX_TEXT), in.text(Member.MAX_TEXT));
    }

    private static void config(Output out, Config config) {
        view(out, config.view());
        View base = config.base();
        out.flag(base != null);
        if (base != null) {
            view(out, base);
        }
    }

    private static Config config(Input in) throws MalformedMessage {
        View view = view(in);
        return new Config(view, in.flag() ? view(in) : null);
    }

    private static void view(Output out, View view) {
        out.number(view.lineage()).number(view.number()).number(view.term());
        out.list(view.members(), member -> member(out, member));
        out.member(view.tieBreaker()).octet(view.tieBreak().ordinal()).flag(view.opened());
    }

    private static View view(Input in) throws MalformedMessage {
        long lineage = in.number();
        long number = in.number();
        long term = in.number();
        List<Member> members = in.list(View.MAX_MEMBERS, () -> member(in));
        if (members.isEmpty()) {
            throw new MalformedMessage("view: nobody (expected: members)");
        }
        return new View(
                lineage, number, term, members, in.member(), word(in, TieBreak.values(), "tie break"), in.flag());
    }
}
