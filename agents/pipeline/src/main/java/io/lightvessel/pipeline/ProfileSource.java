package io.lightvessel.pipeline;

/** A receiver that profiles processes itself, and can show what it saw in the last minutes. */
public interface ProfileSource {

    /** Called rarely, from any thread; may take as long as adding up some minutes takes. */
    ProfileSnapshot profiles(ProfileQuery query);
}
