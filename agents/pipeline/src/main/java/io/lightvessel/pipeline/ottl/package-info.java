/**
 * Runs checked OTTL statements on requests: each is compiled to a few small nodes that read fields where they lie and mark
 * what they change, so that a record nobody changes is never put together anew.
 */
@NullMarked
package io.lightvessel.pipeline.ottl;

import org.jspecify.annotations.NullMarked;
