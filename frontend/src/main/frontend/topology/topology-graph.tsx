import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import {
  Background,
  Controls,
  type Edge,
  type Node,
  type OnSelectionChangeParams,
  ReactFlow,
  ReactFlowProvider,
  useNodesState,
  useEdgesState,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import './topology-graph.css';
import { ReactAdapterElement, type RenderHooks } from 'Frontend/generated/flow/ReactAdapter';
import { MetricsContext, type Metrics, type Structure } from './model';
import { FlowEdge } from './flow-edge';
import { FlowNode } from './flow-node';

const nodeTypes = { flow: FlowNode };
const edgeTypes = { flow: FlowEdge };
const nothing: Structure = { summary: '', nodes: [], edges: [] };
const noMetrics: Metrics = { nodes: {}, edges: {}, live: false };

const labels = {
  'node.a11yDescription.default': 'Press Enter or Space to show details. Tab moves to the next element.',
  'edge.a11yDescription.default': 'Press Enter or Space to show details. Tab moves to the next element.',
  'controls.ariaLabel': 'Zoom and fit',
};

function toNodes(structure: Structure, selected: string): Node[] {
  return structure.nodes.map((node) => ({
    id: node.id,
    type: 'flow',
    position: { x: node.x, y: node.y },
    selected: node.id === selected,
    data: { ...node },
    ariaLabel: `${node.kindWord} ${node.label}`,
  }));
}

function toEdges(structure: Structure, selected: string): Edge[] {
  return structure.edges.map((edge) => ({
    id: edge.id,
    type: 'flow',
    source: edge.from,
    target: edge.to,
    selected: edge.id === selected,
    data: { ...edge },
    ariaLabel: edge.description,
  }));
}

type GraphProps = Readonly<{ structure: Structure; selected: string; select: (id: string) => void }>;

function Graph({ structure, selected, select }: GraphProps): ReactElement {
  const [nodes, setNodes, onNodesChange] = useNodesState<Node>(toNodes(structure, selected));
  const [edges, setEdges, onEdgesChange] = useEdgesState<Edge>(toEdges(structure, selected));
  const flow = useReactFlow();
  const movedByUser = useRef(false);
  const wrapper = useRef<HTMLDivElement>(null);

  useEffect(() => {
    setNodes(toNodes(structure, selected));
    setEdges(toEdges(structure, selected));
  }, [structure, selected]);

  // A graph that grew is fitted again, unless somebody chose what to look at.
  useEffect(() => {
    if (!movedByUser.current && structure.nodes.length > 0) {
      const timer = setTimeout(() => flow.fitView({ padding: 0.08, maxZoom: 1.1 }), 60);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [structure]);

  useEffect(() => {
    if (!wrapper.current) {
      return undefined;
    }
    const observer = new ResizeObserver(() => {
      if (!movedByUser.current) {
        flow.fitView({ padding: 0.08, maxZoom: 1.1 });
      }
    });
    observer.observe(wrapper.current);
    return () => observer.disconnect();
  }, []);

  const onSelectionChange = useRef((_: OnSelectionChangeParams) => {});
  onSelectionChange.current = (change) => {
    const id = change.nodes[0]?.id ?? change.edges[0]?.id ?? '';
    if (id !== selected) {
      select(id);
    }
  };
  const onChange = useMemo(() => (change: OnSelectionChangeParams) => onSelectionChange.current(change), []);

  return (
    <div ref={wrapper} className="topology-canvas" role="group" aria-label={structure.summary}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onSelectionChange={onChange}
        onMoveStart={(event) => {
          movedByUser.current ||= event !== null;
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        deleteKeyCode={null}
        minZoom={0.2}
        maxZoom={2}
        ariaLabelConfig={labels}
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1.1 }}
      >
        <Background gap={22} />
        <Controls showInteractive={false} onFitView={() => (movedByUser.current = false)} />
      </ReactFlow>
    </div>
  );
}

/** Draws a topology whose positions and words the server decided; rates arrive apart from the structure. */
class TopologyGraphElement extends ReactAdapterElement {
  protected override render(hooks: RenderHooks): ReactElement | null {
    const [structure] = hooks.useState<Structure>('structure', nothing);
    const [metrics] = hooks.useState<Metrics>('metrics', noMetrics);
    const [selected] = hooks.useState<string>('selected', '');
    const select = hooks.useCustomEvent<{ id: string }>('graph-select');
    return (
      <MetricsContext.Provider value={metrics}>
        <ReactFlowProvider>
          <Graph structure={structure} selected={selected} select={(id) => select({ id })} />
        </ReactFlowProvider>
      </MetricsContext.Provider>
    );
  }
}

customElements.define('topology-graph', TopologyGraphElement);
