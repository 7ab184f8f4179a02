package io.lightvessel.render.companion;

import static io.lightvessel.render.text.Tree.of;

import java.util.Map;

/** A directory that a pod on a node sees, and what it is there. */
record NodePath(Map<String, Object> mount, Map<String, Object> volume) {

    /** The node's, at the same path. */
    static NodePath readOnly(String name, String path) {
        return new NodePath(
                of("name", name, "mountPath", path, "readOnly", true), of("name", name, "hostPath", of("path", path)));
    }

    /** The node's, which outlives the pod and is made when it is not there. */
    static NodePath kept(String name, String path, String onNode) {
        return new NodePath(
                of("name", name, "mountPath", path),
                of("name", name, "hostPath", of("path", onNode, "type", "DirectoryOrCreate")));
    }

    /** The pod's own. */
    static NodePath scratch(String name, String path) {
        return new NodePath(of("name", name, "mountPath", path), of("name", name, "emptyDir", of()));
    }
}
