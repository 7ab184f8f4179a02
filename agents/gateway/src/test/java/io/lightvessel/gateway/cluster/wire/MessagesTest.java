package io.lightvessel.gateway.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.core.Config;
import io.lightvessel.gateway.cluster.core.Content;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import io.lightvessel.gateway.cluster.core.Message;
import io.lightvessel.gateway.cluster.core.TieBreak;
import io.lightvessel.gateway.cluster.core.View;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of messages, good ones and others. */
class MessagesTest {

    private static final MemberId ID = new MemberId(1, 2);
    private static final Member MEMBER = new Member(ID, "r-1", "10.0.0.1:7800");
    private static final View VIEW = new View(9, 3, 2, List.of(MEMBER), ID, TieBreak.ARBITER, true);
    private static final TargetKey KEY = new TargetKey("prometheus/node", -5);

    private static final List<Message> ALL = List.of(
            new Message.Hello(MEMBER, Message.Standing.CUT_OFF, 9, 3, 1, true),
            new Message.Ballot(7, true, new Config(VIEW, null)),
            new Message.Vote(7, false, true, 8, -1),
            new Message.Renew(1, 2, 3, 4, 5, new Config(VIEW, VIEW), true),
            new Message.Ack(1, 2, 3),
            new Message.Refused(4),
            new Message.Goodbye(),
            new Message.FrameAck(Message.Channel.REPORTS, 5, 6),
            frame(new Content.Take(List.of(new Content.Grant(KEY, 1, 0), new Content.Grant(KEY, 2, 1)))),
            frame(new Content.Release(List.of(new Content.Order(KEY, 1, ID)))),
            frame(new Content.Owners(true, List.of(new Content.Row(KEY, null, ID, 1, 2, 3)))),
            frame(new Content.Left()),
            frame(new Content.Dissolve()),
            frame(new Content.Known(List.of(KEY), List.of(new TargetKey("other", 1)))),
            frame(new Content.Held(List.of(new Content.Holding(KEY, 3, Content.Phase.GIVEN)))),
            frame(new Content.Ready()),
            frame(new Content.Costs(List.of(new Content.Cost(KEY, 1000)))),
            frame(new Content.Released(List.of(new Content.Ended(KEY, 3, null)))),
            frame(new Content.Leave()));

    private static Message frame(Content content) {
        return new Message.Frame(Message.Channel.COMMANDS, 1, 2, content);
    }

    @Test
    void whatIsWrittenIsRead() throws MalformedMessage {
        for (Message message : ALL) {
            assertThat(Messages.read(Messages.write(message))).isEqualTo(message);
        }
        Content.Part part = new Content.Part(KEY, 4, Instant.ofEpochSecond(1, 2), 10, 8, new byte[] {7, 8});
        Message.Frame read = (Message.Frame) Messages.read(Messages.write(frame(part)));
        assertThat(read.content()).usingRecursiveComparison().isEqualTo(part);
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] bytes = Messages.write(new Message.Goodbye());
        bytes[0] = 2;
        assertThatThrownBy(() -> Messages.read(bytes)).hasMessage("version: 2 (expected: 1)");
    }

    @Test
    void aListThatSaysItIsLongTakesNoMemory() {
        byte[] bytes = {1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 1, (byte) 0xE8, 7};
        assertThatThrownBy(() -> Messages.read(bytes)).hasMessageContaining("the message ends after 0 bytes");
    }

    @Test
    void brokenBytesAreMalformedAndNothingElse() {
        Random random = new Random(1);
        for (Message message : ALL) {
            byte[] good = Messages.write(message);
            for (int i = 0; i < 3000; i++) {
                byte[] bad = java.util.Arrays.copyOf(good, random.nextInt(good.length + 3));
                for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                try {
                    Messages.read(bad);
                } catch (MalformedMessage e) {
                    assertThat(e).hasMessageMatching("(?s).+");
                }
            }
        }
    }
}
