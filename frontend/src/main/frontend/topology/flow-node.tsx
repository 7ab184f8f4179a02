import type { ReactElement } from 'react';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { type GraphNode, useNodeMetrics } from './model';

/** One mark per tone, so that health can be read without colour. */
const marks: Readonly<Record<string, string>> = {
  good: 'M3.5 8.5l3 3 6-7',
  warn: 'M8 2.5l6 11H2zM8 6.5v3.5M8 12v.1',
  bad: 'M4 4l8 8M12 4l-8 8',
  wait: 'M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM8 5v3.2l2 1.3',
  none: 'M4 8h8',
};

const kinds: Readonly<Record<string, string>> = {
  SOURCE: 'M4 3h8v10H4zM6.5 6h3M6.5 9h3',
  AGENT: 'M8 2l5.2 3v6L8 14l-5.2-3V5z',
  BACKEND: 'M3 4.5C3 3.1 5.2 2.5 8 2.5s5 .6 5 2-2.2 2-5 2-5-.6-5-2zm0 0v7c0 1.4 2.2 2 5 2s5-.6 5-2v-7M3 8c0 1.4 2.2 2 5 2s5-.6 5-2',
};

function Icon({ path }: Readonly<{ path: string }>): ReactElement {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function FlowNode({ id, data }: NodeProps<Node<GraphNode>>): ReactElement {
  const metrics = useNodeMetrics(id);
  const tone = metrics?.tone ?? 'none';
  return (
    <div className="topology-node" data-kind={data.kind} data-tone={tone} data-testid={`node-${id}`} title={metrics?.reason}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="topology-node-kind">
        <Icon path={kinds[data.kind] ?? kinds.AGENT} />
      </span>
      <span className="topology-node-text">
        <span className="topology-node-label">{data.label}</span>
        <span className="topology-node-detail">{metrics?.detail || data.kindWord}</span>
      </span>
      {metrics?.word ? (
        <span className="topology-node-health" data-tone={tone}>
          <Icon path={marks[tone] ?? marks.none} />
          {metrics.word}
        </span>
      ) : null}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
