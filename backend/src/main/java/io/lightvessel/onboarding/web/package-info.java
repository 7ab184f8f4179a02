/** Enrolment in the REST API. */
@NullMarked
package io.lightvessel.onboarding.web;

import org.jspecify.annotations.NullMarked;
