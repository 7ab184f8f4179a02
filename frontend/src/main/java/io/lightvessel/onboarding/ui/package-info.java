/** The console: the enrolment screens. */
@NullMarked
package io.lightvessel.onboarding.ui;

import org.jspecify.annotations.NullMarked;
