package io.lightvessel.render;

import io.lightvessel.stack.RenderedFile;
import java.util.List;

/** The files a stack comes to for a target, and what they do not say of it. */
public record Rendering(List<RenderedFile> files, List<RenderFinding> findings) {

    public Rendering {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
    }
}
