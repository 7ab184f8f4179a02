package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;

/** Marks the resource and scope when a record is seen that has an attribute. */
final class LateEdits implements RequestVisitor {

    private static final AttributeKey SEEN = new AttributeKey("seen");
    private Message resource = new Message();
    private Message scope = new Message();

    @Override
    public Verdict resource(Message shown) {
        resource = shown;
        return Verdict.VISIT;
    }

    @Override
    public Verdict scope(Message shown) {
        scope = shown;
        return Verdict.VISIT;
    }

    @Override
    public Verdict record(Message item) throws MalformedPayload {
        if (item.attributes() > 1) {
            resource.put(SEEN, RewriterTest.LONG_TEXT, 0, RewriterTest.LONG_TEXT.length);
            scope.put(SEEN, RewriterTest.LONG_TEXT, 0, RewriterTest.LONG_TEXT.length);
            item.remove(new AttributeKey("key-3"));
        }
        return Verdict.KEEP;
    }
}
