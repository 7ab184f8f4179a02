package io.lightvessel.pipeline;

import java.util.List;

/** A receiver that fetches telemetry itself, and can say from where. */
public interface TargetSource {

    /**
     * All its targets as they are this moment: owned here, owned by others, owned by nobody, dropped. Called rarely, from
     * any thread; may take as long as copying the list takes.
     */
    List<TargetSnapshot> targets();

    /** What keeps it from seeing all targets or from agreeing about them, a sentence each. */
    List<String> targetProblems();
}
