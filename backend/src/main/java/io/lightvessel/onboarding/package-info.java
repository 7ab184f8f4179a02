/** How agents get in: enrolment tokens, the credentials they are exchanged for, and how far a newcomer has come. */
@NullMarked
package io.lightvessel.onboarding;

import org.jspecify.annotations.NullMarked;
