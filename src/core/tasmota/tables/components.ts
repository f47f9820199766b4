/**
 * What a GPIO can do: Tasmota's component types. Facts only.
 * Source: Tasmota 15.2 tasmota/include/tasmota_template.h (enum UserSelectablePins, kSensorNames, kGpioNiceList) and
 * tasmota/language/en_GB.h for the words. A GPIO code is type * 32 + index, index counted from 0.
 */

export interface Component {
  /** 0..356. */
  readonly type: number;
  readonly name: string;
  /** How many of them there may be (index range 0..count-1); 1 means the name is shown without a number. */
  readonly count: number;
  /** Only for the analog input (last entry of a template). */
  readonly analog: boolean;
  /** Compiled into the plain ESP8266 "tasmota" image. The others are valid numbers without effect there. */
  readonly plainBuild: boolean;
}

/** "User" in templates, a pin left free for the person: type 2047, stored as 65504, shown as code 1. */
export const USER_CODE_STORED = 65504;
export const USER_CODE_SHOWN = 1;
/** SENSOR_END of tasmota_template.h: stored codes from here up to 65503 become User when the firmware boots. */
export const CODE_END = 11424;

type Row = readonly [type: number, name: string, count?: number, analog?: "A0"];

// biome-ignore format: a table
const PLAIN_BUILD: readonly Row[] = [
  [0, "None", 1, "A0"], [1, "Button", 8], [2, "Button_n", 8], [3, "Button_i", 8], [4, "Button_in", 8],
  [5, "Switch", 8], [6, "Switch_n", 8], [7, "Relay", 8], [8, "Relay_i", 8], [9, "Led", 4], [10, "Led_i", 4],
  [11, "Counter", 4], [12, "Counter_n", 4], [13, "PWM", 5], [14, "PWM_i", 5], [15, "Buzzer"], [16, "Buzzer_i"],
  [17, "LedLink"], [18, "LedLink_i"], [19, "I2C SCL"], [20, "I2C SDA"], [21, "SPI MISO"], [22, "SPI MOSI"],
  [23, "SPI CLK"], [24, "SPI CS"], [25, "SPI DC"], [26, "SSPI MISO"], [27, "SSPI MOSI"], [28, "SSPI SCLK"],
  [29, "SSPI CS"], [30, "SSPI DC"], [33, "IRsend", 16], [34, "IRrecv"], [37, "DHT11"], [38, "AM2301"], [39, "SI7021"],
  [40, "DHT11_o"], [41, "DS18x20", 4], [42, "DS18x20_o", 4], [43, "WS2812"], [46, "PZEM0XX Tx"], [47, "PZEM004 Rx"],
  [48, "PZEM016 Rx"], [49, "PZEM017 Rx"], [56, "SerBr Tx"], [57, "SerBr Rx"], [71, "Tuya Tx"], [72, "Tuya Rx"],
  [81, "HLWBL SEL"], [82, "HLWBL SEL_i"], [83, "HLWBL CF1"], [84, "HLW8012 CF"], [85, "BL0937 CF"],
  [86, "MCP39F5 Tx"], [87, "MCP39F5 Rx"], [88, "MCP39F5 Rst"], [91, "SM16716 CLK"], [92, "SM16716 DAT"],
  [93, "SM16716 PWR"], [94, "MY92x1 DI"], [95, "MY92x1 DCKI"], [96, "CSE7766 Tx"], [97, "CSE7766 Rx"],
  [98, "ALux IrRcv"], [99, "ALux IrSel"], [100, "Serial Tx"], [101, "Serial Rx"], [102, "Rotary A", 2],
  [103, "Rotary B", 2], [104, "ADC Joystick", 1, "A0"], [108, "ADE7953 IRQ", 6], [120, "Output Hi"],
  [121, "Output Lo"], [126, "SM2135 Clk"], [127, "SM2135 Dat", 10], [128, "DeepSleep"], [129, "EXS Enable"],
  [145, "MOODL Tx"], [147, "ADC Input", 1, "A0"], [148, "ADC Temp", 1, "A0"], [149, "ADC Light", 1, "A0"],
  [150, "ADC Button", 8, "A0"], [151, "ADC Button_i", 8, "A0"], [152, "ADC Range", 1, "A0"],
  [153, "ADC CT Power", 1, "A0"], [158, "BL0940 Rx"], [174, "SHD Boot 0"], [175, "SHD Reset"], [179, "Option A", 9],
  [195, "SDCard CS"], [196, "Rotary A_n", 2], [197, "Rotary B_n", 2], [198, "ADC pH", 1, "A0"], [221, "ZC Pulse"],
  [234, "BL0939 Rx"], [235, "BL0942 Rx", 8], [237, "Heartbeat"], [238, "Heartbeat_i"], [247, "ADC MQ", 1, "A0"],
  [253, "Reset"], [254, "MS01"], [262, "BP5758D Clk"], [263, "BP5758D Dat"], [264, "SM2335 Clk"],
  [265, "SM2335 Dat", 16], [271, "Relay_b", 8], [272, "Relay_bi", 8], [276, "ADE7953 RST"], [279, "ADE7953 CS", 2],
  [282, "BP1658CJ Clk"], [283, "BP1658CJ Dat", 16], [292, "NrgMbs Tx Ena"], [332, "ADC Voltage", 1, "A0"],
  [333, "ADC Current", 1, "A0"],
];

// biome-ignore format: a table
const OTHER_BUILDS: readonly Row[] = [
  [31, "Backlight"], [32, "Display Rst"], [35, "RFSend"], [36, "RFrecv"], [44, "MHZ Tx"], [45, "MHZ Rx"],
  [50, "SAir Tx"], [51, "SAir Rx"], [52, "PMS5003 Tx"], [53, "PMS5003 Rx"], [54, "SDS0X1 Tx"], [55, "SDS0X1 Rx"],
  [58, "SR04 Tri/Tx"], [59, "SR04 Ech/Rx"], [60, "SDMx20 Tx"], [61, "SDMx20 Rx"], [62, "SDM630 Tx"],
  [63, "SDM630 Rx"], [64, "TM1638 CLK"], [65, "TM1638 DIO"], [66, "TM1638 STB"], [67, "MP3 Player"],
  [68, "HX711 SCK"], [69, "HX711 DAT"], [70, "TX2x"], [73, "MGC3130 Xfr"], [74, "MGC3130 Rst"], [75, "RF Sensor"],
  [76, "AZ Tx"], [77, "AZ Rx"], [78, "MX31855 CS"], [79, "MX31855 CLK"], [80, "MX31855 DO"], [89, "PN532 Tx"],
  [90, "PN532 Rx"], [105, "MX31865 CS"], [106, "HRE Clock"], [107, "HRE Data"], [109, "SolaxX1 Tx"],
  [110, "SolaxX1 Rx"], [111, "Zigbee Tx"], [112, "Zigbee Rx"], [113, "RDM6300 Rx"], [114, "iBeacon Tx"],
  [115, "iBeacon Rx"], [116, "A4988 DIR"], [117, "A4988 STP"], [118, "A4988 ENA"], [119, "A4988 MS1", 3],
  [122, "DDS238-2 Tx"], [123, "DDS238-2 Rx"], [124, "DDSU666 Tx"], [125, "DDSU666 Rx"], [130, "Client Tx"],
  [131, "Client Rx"], [132, "Client Rst"], [133, "Client Rst_i"], [134, "HPMA Rx"], [135, "HPMA Tx"], [136, "GPS Rx"],
  [137, "GPS Tx"], [138, "HM10 Rx"], [139, "HM10 Tx"], [140, "LE-01MR Rx"], [141, "LE-01MR Tx"], [142, "CC1101 GDO0"],
  [143, "CC1101 GDO2"], [144, "HRXL Rx"], [146, "AS3935"], [154, "OpenTherm RX"], [155, "OpenTherm TX"],
  [156, "WindMeter Spd"], [157, "Button_tc"], [159, "TCP Tx"], [160, "TCP Rx"], [161, "TInfo Rx"], [162, "TInfo EN"],
  [163, "LMT01 Pulse"], [164, "iEM3000 Tx"], [165, "iEM3000 Rx"], [166, "Zigbee Rst"], [167, "DYP Rx"],
  [168, "MiEl HVAC Tx"], [169, "MiEl HVAC Rx"], [170, "WE517 Tx"], [171, "WE517 Rx"], [172, "AS608 Tx"],
  [173, "AS608 Rx"], [176, "RC522 Rst"], [177, "P9813 Clk"], [178, "P9813 Dat"], [180, "FTC532"], [181, "RC522 CS"],
  [182, "NRF24 CS"], [183, "NRF24 DC"], [184, "ILI9341 CS"], [185, "ILI9341 DC"], [186, "ILI9488 CS"],
  [187, "EPaper29 CS"], [188, "EPaper42 CS"], [189, "SSD1351 CS"], [190, "RA8876 CS"], [191, "ST7789 CS"],
  [192, "ST7789 DC"], [193, "SSD1331 CS"], [194, "SSD1331 DC"], [199, "BS814 CLK"], [200, "BS814 DAT"],
  [201, "Wiegand D0"], [202, "Wiegand D1"], [203, "NeoPool Tx"], [204, "NeoPool Rx"], [205, "SDM72 Tx"],
  [206, "SDM72 Rx"], [207, "TM1637 CLK"], [208, "TM1637 DIO"], [209, "DLP Tx"], [210, "DLP Rx"], [211, "SSD1351 DC"],
  [212, "XPT2046 CS"], [213, "CSE7761 Tx"], [214, "CSE7761 Rx"], [215, "VL53LXX XSHUT"], [216, "MAX7219 CLK"],
  [217, "MAX7219 DIN"], [218, "MAX7219 CS"], [219, "TFmini+ Tx"], [220, "TFmini+ Rx"], [222, "Input"],
  [223, "I2S DOUT"], [224, "I2S BCLK"], [225, "I2S WS"], [226, "I2S DIN"], [227, "I2S WS In"], [228, "I2S BCLK In"],
  [229, "Interrupt"], [230, "MCP2515 CS"], [231, "HRG15 Tx"], [232, "HRG15 Rx"], [233, "VINDRIKTNING"],
  [236, "HM330X SET"], [239, "74x595 SRCLK"], [240, "74x595 RCLK"], [241, "74x595 OE"], [242, "74x595 SER"],
  [243, "SolaxX1 RTS"], [244, "Option E"], [245, "SDM230 Tx"], [246, "SDM230 Rx"], [248, "CM110x Tx"],
  [249, "CM110x Rx"], [250, "BL6523 Tx"], [251, "BL6523 Rx"], [252, "ADE7880 IRQ"], [255, "SDIO CMD"],
  [256, "SDIO CLK"], [257, "SDIO D0"], [258, "SDIO D1"], [259, "SDIO D2"], [260, "SDIO D3"], [261, "Flowrate"],
  [266, "MP3 Busy"], [267, "TM1621 CS"], [268, "TM1621 WR"], [269, "TM1621 RD"], [270, "TM1621 DAT"],
  [273, "I2S MCLK"], [274, "ModBr Tx"], [275, "ModBr Rx"], [277, "NrgMbs Tx"], [278, "NrgMbs Rx"], [280, "Dali RX"],
  [281, "Dali TX"], [284, "Dingtian CLK"], [285, "Dingtian SDI"], [286, "Dingtian Q7"], [287, "Dingtian PL"],
  [288, "Dingtian RCK"], [289, "LD2410 Tx"], [290, "LD2410 Rx"], [291, "ModBr Tx Ena"], [293, "ME007 Tri"],
  [294, "ME007 Rx"], [295, "TuyaMCUBr Tx"], [296, "TuyaMCUBr Rx"], [297, "BioPDU PZEM0XX Tx"],
  [298, "BioPDU PZEM016 Rx"], [299, "BioPDU Bit"], [300, "MCP23xxx Int"], [301, "MCP23Sxx CS"], [302, "PCF8574 Int"],
  [303, "LoxO2 Rx"], [304, "GM861 Tx"], [305, "GM861 Rx"], [306, "Dingtian OE"], [307, "HDMI CEC"], [308, "HC8 Rx"],
  [309, "I2S DAC"], [310, "MagicSwitch"], [311, "Pipsolar TX"], [312, "Pipsolar RX"], [313, "LoRa CS"],
  [314, "LoRa Rst"], [315, "LoRa Busy"], [316, "LoRa DIO0"], [317, "LoRa DIO1"], [318, "LoRa DIO2"],
  [319, "LoRa DIO3"], [320, "LoRa DIO4"], [321, "LoRa DIO5"], [322, "TS SPI CS"], [323, "TS RST"], [324, "TS IRQ"],
  [325, "RN2XX3 Tx"], [326, "RN2XX3 Rx"], [327, "RN2XX3 Rst"], [328, "TCP Tx En"], [329, "ASR650x Tx"],
  [330, "ASR650x Rx"], [331, "Wooliis Rx"], [334, "BL0906 Rx"], [335, "Dali RX_i"], [336, "Dali TX_i"],
  [337, "LD2410S Tx"], [338, "LD2410S Rx"], [339, "I2C Ser Tx"], [340, "I2C Ser Rx"], [341, "TM1640 CLK"],
  [342, "TM1640 DIN"], [343, "TWAI Tx"], [344, "TWAI Rx"], [345, "TWAI BusOff"], [346, "TWAI ClkOut"],
  [347, "C8-CO2-5K Tx"], [348, "C8-CO2-5K Rx"], [349, "V9240 TX"], [350, "V9240 RX"], [351, "LD2402 Tx"],
  [352, "LD2402 Rx"], [353, "VID6608 F"], [354, "VID6608 CW"], [355, "MkSkyBlu Tx"], [356, "MkSkyBlu Rx"],
];

function component([type, name, count, analog]: Row, plainBuild: boolean): Component {
  return { type, name, count: count ?? 1, analog: analog !== undefined, plainBuild };
}

/** All known component types, by ascending type. */
export const COMPONENTS: readonly Component[] = [
  ...PLAIN_BUILD.map((row) => component(row, true)),
  ...OTHER_BUILDS.map((row) => component(row, false)),
].sort((a, b) => a.type - b.type);
