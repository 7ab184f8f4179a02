package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import java.util.Random;

/** Edits and drops on every level, as a random number says. */
final class RandomEdits implements RequestVisitor {

    private static final AttributeKey GONE = new AttributeKey("key-0");
    private static final AttributeKey SET = new AttributeKey("key-1");
    private static final AttributeKey FROM = new AttributeKey("key-2");
    private static final AttributeKey NEW = new AttributeKey("a new and rather long key");

    Random random = new Random();

    @Override
    public Verdict resource(Message resource) throws MalformedPayload {
        return editAttributes(resource);
    }

    @Override
    public Verdict scope(Message scope) throws MalformedPayload {
        return editAttributes(scope);
    }

    @Override
    public Verdict metric(Message metric, int dataField, Message data) throws MalformedPayload {
        int choice = random.nextInt(6);
        if (choice == 0) {
            metric.setText(1, "renamed");
        } else if (choice == 1 && (dataField == 7 || dataField == 9 || dataField == 10)) {
            data.setVarint(2, 2);
        }
        return choice == 2 ? Verdict.DROP : choice == 3 ? Verdict.KEEP : Verdict.VISIT;
    }

    @Override
    public Verdict record(Message item) throws MalformedPayload {
        return editAttributes(item);
    }

    private Verdict editAttributes(Message message) throws MalformedPayload {
        int choice = random.nextInt(8);
        switch (choice) {
            case 0 -> message.remove(GONE);
            case 1 -> message.put(SET, RewriterTest.LONG_TEXT, 0, RewriterTest.LONG_TEXT.length);
            case 2 -> rename(message);
            case 3 -> {
                message.remove(GONE);
                message.put(SET, RewriterTest.LONG_TEXT, 0, RewriterTest.LONG_TEXT.length);
                rename(message);
            }
            default -> {
                // Not this one.
            }
        }
        return choice == 4 ? Verdict.DROP : Verdict.VISIT;
    }

    private static void rename(Message message) throws MalformedPayload {
        int from = message.find(FROM);
        if (from >= 0) {
            message.put(NEW, message.valueArray(from), message.valueFrom(from), message.valueTo(from));
            message.remove(FROM);
        }
    }
}
