package io.lightvessel.pipeline.rewrite;

/** What becomes of a part of a request that a visitor was shown. Edits count unless it is dropped. */
public enum Verdict {
    /** It stays, and what is below it is visited. The same as {@link #KEEP} for records. */
    VISIT,
    /** It stays with all that is below it, unseen. */
    KEEP,
    /** It goes, with all that is below it. */
    DROP
}
