/** The screens about who may do what. */
@NullMarked
package io.lightvessel.access.ui;

import org.jspecify.annotations.NullMarked;
