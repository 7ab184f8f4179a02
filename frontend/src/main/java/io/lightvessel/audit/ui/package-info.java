/** The screen of the audit log. */
@NullMarked
package io.lightvessel.audit.ui;

import org.jspecify.annotations.NullMarked;
