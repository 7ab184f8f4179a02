/** The audit log in the REST API. */
@NullMarked
package io.lightvessel.audit.web;

import org.jspecify.annotations.NullMarked;
