package io.lightvessel.pipeline.disk;

/** Hears what happens to a log; called by its threads, must not block. */
public interface LogListener {

    /** Entries turned out to be damaged and will not be handed out. */
    void corrupted(String pipeline, Amount amount);

    /** The log has come to a stop, for a reason that is a mistake in it; nothing is stored any more. */
    void broken(String message);
}
