/** Profiles over the API. */
@NullMarked
package io.lightvessel.profiles.web;

import org.jspecify.annotations.NullMarked;
