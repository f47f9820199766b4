/**
 * The ROM's radio functions (rom_* in eagle.rom.addr.v6.ld), which the SDK calls through a table that phy_get_romfuncs
 * gives it. The virtual chip has no analog radio, so most of them have nothing to do; what the rest of the chip sees of
 * them is modelled: the registers of the analog blocks behind the internal I²C master (the PLL is set through them), and
 * the channel that the radio is tuned to.
 */
import type { CpuPort } from "../cpu/contract.ts";
import { ROM_DATA } from "./rom-data.ts";
import type { RomMachine } from "./rom-machine.ts";

const PHY_GET_ROMFUNCS = 0x40006b08;
const I2C_MASTER = 0x60000d00;
const I2C_WRITE = 1 << 24;
/** What an analog register reads as: nothing answers the virtual chip's I²C master. */
const ANALOG_ONES = 0xff;
const CALL_CYCLES = 20;
const I2C_CYCLES = 60;
/** Of the 2.4 GHz band: channel 1 to 13 are 5 MHz apart, 14 stands alone. */
const CHANNEL_0_MHZ = 2407;
const CHANNEL_MHZ = 5;
const CHANNEL_14_MHZ = 2484;

const ABS_TEMP = 0x400060c0;
const MHZ2IEEE = 0x400065a4;
const I2C_READ = 0x40007268;
const I2C_READ_MASK = 0x4000729c;
const I2C_WRITE_REG = 0x400072d8;
const I2C_WRITE_MASK = 0x4000730c;

/**
 * The table's slots in order; 0 is an empty one. The order is the one in which the SDK's libphy uses the slots, seen in
 * the pointers of a running chip.
 */
export const RADIO_FUNCTIONS: readonly number[] = [
  ABS_TEMP, // rom_abs_temp
  0x400060d0, // rom_chip_v5_disable_cca
  0x400060ec, // rom_chip_v5_enable_cca
  0x4000610c, // rom_chip_v5_sense_backoff
  0x4000615c, // rom_dc_iq_est
  0,
  0x400061b8, // rom_en_pwdet
  0x40006238, // rom_get_bb_atten
  0x40006260, // rom_get_corr_power
  0x400062dc, // rom_get_fm_sar_dout
  0x40006394, // rom_get_noisefloor
  0x400063b0, // rom_get_power_db
  0x40006400, // rom_iq_est_disable
  0x40006430, // rom_iq_est_enable
  0x40006484, // rom_linear_to_db
  0x4000650c, // rom_set_txclk_en
  0x40006550, // rom_set_rxclk_en
  MHZ2IEEE, // rom_mhz2ieee
  0x40006628, // rom_rxiq_get_mis
  0x40006738, // rom_sar_init
  0x4000678c, // rom_set_ana_inf_tx_scale
  0x400067c8, // rom_set_loopback_gain
  0x40006830, // rom_set_noise_floor
  0,
  0,
  0x40006874, // rom_start_noisefloor
  0x400068b4, // rom_start_tx_tone
  0x4000698c, // rom_stop_tx_tone
  0x40006a1c, // rom_txtone_linear_pwr
  0x40006a98, // rom_tx_mac_disable
  0x40006ad4, // rom_tx_mac_enable
  0x40006b10, // rom_ana_inf_gating_en
  0x40006c50, // rom_set_channel_freq
  0x40006f84, // rom_chip_50_set_channel
  0x4000711c, // rom_chip_v5_rx_init
  0x4000718c, // rom_chip_v5_tx_init
  I2C_READ, // rom_i2c_readReg
  I2C_READ_MASK, // rom_i2c_readReg_Mask
  I2C_WRITE_REG, // rom_i2c_writeReg
  I2C_WRITE_MASK, // rom_i2c_writeReg_Mask
  0x4000737c, // rom_pbus_debugmode
  0x40007410, // rom_pbus_enter_debugmode
  0x40007448, // rom_pbus_exit_debugmode
  0x4000747c, // rom_pbus_force_test
  0x400074d8, // rom_pbus_rd
  0x4000754c, // rom_pbus_set_rxgain
  0x40007610, // rom_pbus_set_txgain
  0x40007648, // rom_pbus_workmode
  0x40007688, // rom_pbus_xpd_rx_off
  0x400076cc, // rom_pbus_xpd_rx_on
  0x400076fc, // rom_pbus_xpd_tx_off
  0x40007740, // rom_pbus_xpd_tx_on
  0x400077a0, // rom_pbus_xpd_tx_on__low_gain
  0x40007804, // rom_phy_reset_req
  0x4000781c, // rom_restart_cal
  0x40007868, // rom_rfpll_reset
  0x400078dc, // rom_write_rfpll_sdm
  0x40007968, // rom_rfpll_set_freq
  0x40007a28, // rom_cal_tos_v50
  0x40007bf0, // rom_pbus_dco___SA2
  0x40007eb4, // rom_rfcal_pwrctrl
  0x4000804c, // rom_rfcal_rxiq
  0x40008264, // rom_rfcal_rxiq_set_reg
  0x40008388, // rom_rfcal_txcap
  0x40008610, // rom_rfcal_txiq
  0x400088b8, // rom_rfcal_txiq_cover
  0x40008a70, // rom_rfcal_txiq_set_reg
  0x40008b6c, // rom_rxiq_cover_mg_mp
  0x40008c6c, // rom_set_txbb_atten
  0x40008d34, // rom_set_txiq_cal
];

export function installRadioFunctions(machine: RomMachine): void {
  const { runner } = machine;
  const install = (address: number, cycles: number, work: (cpu: CpuPort) => number | undefined): void =>
    runner.hook(address, (cpu) => {
      const result = work(cpu);
      if (result !== undefined) cpu.a[2] = result;
      cpu.cycles += cycles;
      cpu.pc = cpu.a[0]!;
    });
  for (const address of RADIO_FUNCTIONS) if (address !== 0) install(address, CALL_CYCLES, () => 0);
  install(PHY_GET_ROMFUNCS, CALL_CYCLES, (cpu) => cpu.read32(ROM_DATA.radioFunctionsPointer));
  install(ABS_TEMP, CALL_CYCLES, ({ a }) => Math.abs(a[2]!));
  install(MHZ2IEEE, CALL_CYCLES, ({ a }) => {
    const channel = a[2] === CHANNEL_14_MHZ ? 14 : Math.trunc((a[2]! - CHANNEL_0_MHZ) / CHANNEL_MHZ);
    machine.tuned(channel);
    return channel;
  });
  // Arguments: block, host, register, then the bits from..to of a mask, then data.
  install(I2C_READ, I2C_CYCLES, () => ANALOG_ONES);
  install(I2C_READ_MASK, I2C_CYCLES, ({ a }) => 2 ** (a[5]! - a[6]! + 1) - 1);
  install(I2C_WRITE_REG, I2C_CYCLES, (cpu) => writeAnalog(cpu, cpu.a[5]!));
  install(I2C_WRITE_MASK, 2 * I2C_CYCLES, (cpu) => {
    const [high, low, data] = [cpu.a[5]!, cpu.a[6]!, cpu.a[7]!];
    const mask = (2 ** (high - low + 1) - 1) << low;
    return writeAnalog(cpu, (ANALOG_ONES & ~mask) | ((data << low) & mask));
  });
}

/** What main() leaves in RAM for phy_get_romfuncs. */
export function initialiseRadioTable(cpu: CpuPort): void {
  cpu.write32(ROM_DATA.radioFunctionsPointer, ROM_DATA.radioFunctions);
  for (const [slot, address] of RADIO_FUNCTIONS.entries()) cpu.write32(ROM_DATA.radioFunctions + 4 * slot, address);
}

/** Block in a2, host in a3, register in a4. */
function writeAnalog(cpu: CpuPort, data: number): undefined {
  const [block, host, register] = [cpu.a[2]! & 0xff, cpu.a[3]!, cpu.a[4]! & 0xff];
  cpu.write32(I2C_MASTER + 4 * host, I2C_WRITE | ((data & 0xff) << 16) | (register << 8) | block);
}
