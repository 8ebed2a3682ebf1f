import { Route, Routes } from 'react-router';
import { InstancePage } from './instance-page.tsx';
import { InstancesPage } from './instances-page.tsx';
import './monitor.css';

/** Routes below `/monitor`. */
export default function MonitorPages() {
  return (
    <Routes>
      <Route index element={<InstancesPage />} />
      <Route path="instances/:key" element={<InstancePage />} />
    </Routes>
  );
}
