package io.lightvessel.cluster;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** What can be wrong with a cluster. */
public enum ClusterError implements ErrorCode {
    CLUSTER_NOT_FOUND(ErrorType.NOT_FOUND, "Cluster not found"),
    CLUSTER_EXISTS(ErrorType.CONFLICT, "Cluster exists already");

    private final ErrorType type;
    private final String title;

    ClusterError(ErrorType type, String title) {
        this.type = type;
        this.title = title;
    }

    @Override
    public ErrorType type() {
        return type;
    }

    @Override
    public String title() {
        return title;
    }
}
