import { ArmError } from '../../arm-error.ts';
import { sameText } from '../json-reading.ts';
import { findMachineSize, isRestricted, machineSizes } from './machine-sizes.ts';
import type { MachineSize } from './machine-sizes.ts';

/** The size of that name if the region offers it; else Azure's refusal. */
export function requireSize(name: string | undefined, location: string): MachineSize {
  if (name === undefined || name === '') {
    throw new ArmError(400, 'InvalidParameter', "Required parameter 'vmSize' is missing (null).", {
      target: 'vmSize',
    });
  }
  const size = findMachineSize(name);
  if (!size) {
    const offered = machineSizes.filter((other) => !isRestricted(other, location)).map((other) => other.name);
    throw new ArmError(
      400,
      'InvalidParameter',
      `The requested VM size ${name} is not available in the current region. The sizes available in the current region are: ${offered.join(',')}. Find out more on the available VM sizes in each region at https://aka.ms/azure-regions.`,
      { target: 'vmSize' },
    );
  }
  if (isRestricted(size, location)) {
    throw new ArmError(
      409,
      'SkuNotAvailable',
      `The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: ${size.name}' is currently not available in location '${location}'. Please try another size or deploy to a different location or different zone. See https://aka.ms/azureskunotavailable for details.`,
      { target: 'sku.name' },
    );
  }
  return size;
}

/** What can be told of an image by its name: the generation of virtual machine and the processor it is made for. */
export function imageNeeds(image: { offer: string | undefined; sku: string | undefined }): {
  generation?: 'V1' | 'V2';
  architecture?: 'x64' | 'Arm64';
} {
  const sku = (image.sku ?? '').toLowerCase();
  if (sku.includes('arm64')) return { generation: 'V2', architecture: 'Arm64' };
  if (sku.includes('gen1')) return { generation: 'V1', architecture: 'x64' };
  const isGen2 = /gen2|-g2$/.test(sku) || (sameText(image.offer, 'ubuntu-24_04-lts') && sku !== '');
  return isGen2 ? { generation: 'V2', architecture: 'x64' } : {};
}

/** Refuses a size that cannot boot an image. */
export function checkImageFits(
  size: MachineSize,
  image: { offer: string | undefined; sku: string | undefined },
): void {
  const { generation, architecture } = imageNeeds(image);
  if (architecture !== undefined && architecture !== size.architecture) {
    throw new ArmError(
      400,
      'BadRequest',
      `Cannot create a VM of size '${size.name}' because this VM size only supports a CPU Architecture of '${size.architecture}', but an image or disk with CPU Architecture '${architecture}' was given. Please check that the CPU Architecture of the image or disk is compatible with that of the VM size.`,
    );
  }
  if (generation !== undefined && !size.generations.includes(generation)) {
    throw new ArmError(
      400,
      'BadRequest',
      `The selected VM size '${size.name}' cannot boot Hypervisor Generation '${generation.slice(1)}'. If this was a Create operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the selected VM Size.`,
    );
  }
}
