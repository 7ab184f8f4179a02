package io.lightvessel.stack;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;

/** Something that a tool may own. */
sealed interface Owned {
    String table();

    String column();

    Object key();

    /** What audit entries are about. */
    String target();

    /** As people call it. */
    String words();

    /** The kind, as actions in the audit log begin. */
    String kind();

    /** The stack of a cluster. */
    record Stack(ClusterId cluster, String slug) implements Owned {
        static Stack of(Cluster cluster) {
            return new Stack(cluster.id(), cluster.slug());
        }

        @Override
        public String table() {
            return "stack_manager";
        }

        @Override
        public String column() {
            return "cluster_id";
        }

        @Override
        public Object key() {
            return cluster.value();
        }

        @Override
        public String target() {
            return "cluster/" + slug + "/stack";
        }

        @Override
        public String words() {
            return "The stack of " + slug;
        }

        @Override
        public String kind() {
            return "stack";
        }
    }

    /** A blueprint. */
    record OfBlueprint(String slug) implements Owned {
        @Override
        public String table() {
            return "stack_blueprint_manager";
        }

        @Override
        public String column() {
            return "blueprint";
        }

        @Override
        public Object key() {
            return slug;
        }

        @Override
        public String target() {
            return "blueprint/" + slug;
        }

        @Override
        public String words() {
            return "Blueprint " + slug;
        }

        @Override
        public String kind() {
            return "blueprint";
        }
    }
}
